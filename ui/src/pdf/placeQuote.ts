import type { PageViewport } from "pdfjs-dist";

import type { PageBox } from "../api/PageBox";
import { lines, nearest, type Box } from "./boxes";
import { findQuote } from "./findQuote";
import type { Stretch } from "./flatText";

/** A quote, and where the reading of the document saw it on the page. */
export interface Quote {
  text: string;
  boxes: PageBox[];
}

/**
 * The boxes of a quote on a page that is drawn: by the characters of its text layer, which is where the eye sees
 * them; where that has them in another order, by the places that the reading of the document has kept. `null` where
 * neither knows the quote.
 */
export function placeQuote(quote: Quote, layer: HTMLElement, viewport: PageViewport): Box[] | null {
  const nodes = textNodes(layer);
  const origin = layer.getBoundingClientRect();
  const known = quote.boxes.map((box) => onScreen(box, viewport));
  const found = findQuote(
    nodes.map((node) => node.data),
    quote.text,
  ).map((stretches) => lines(stretches.flatMap((stretch) => rectangles(nodes, stretch, origin))));
  const boxes = nearest(
    found.filter((boxes) => boxes.length > 0),
    known[0],
  );
  return boxes ?? (known.length > 0 ? known : null);
}

function textNodes(layer: HTMLElement): Text[] {
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

function rectangles(nodes: Text[], { item, start, end }: Stretch, origin: DOMRect): Box[] {
  const node = nodes[item];
  if (!node) return [];
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  return [...range.getClientRects()].map(({ left, top, right, bottom }) => ({
    left: left - origin.left,
    top: top - origin.top,
    right: right - origin.left,
    bottom: bottom - origin.top,
  }));
}

/** The reading counts in points from the lower left corner of the page as it is seen, turned and cropped. */
function onScreen({ left, bottom, right, top }: PageBox, { scale, height }: PageViewport): Box {
  return {
    left: left * scale,
    top: height - top * scale,
    right: right * scale,
    bottom: height - bottom * scale,
  };
}
