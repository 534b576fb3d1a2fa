/** An element of a drawn formula. */
export interface MathElement {
  name: string;
  attributes: Record<string, string>;
  children: (MathElement | string)[];
}

/** What lays a formula out; nothing that calls, acts or carries a style. */
const ELEMENTS = new Set(
  (
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub " +
    "msubsup msup mtable mtd mtext mtr munder munderover none"
  ).split(" "),
);
const ATTRIBUTES = new Set(
  (
    "accent accentunder class depth display displaystyle fence form height linethickness lspace mathvariant maxsize " +
    "minsize movablelimits rspace scriptlevel separator stretchy symmetric voffset width"
  ).split(" "),
);

/** What a formula may ask for, in ems: enough for any rule or space that is meant. */
const MOST_EMS: [number, number] = [20, 20];
const MOST_EXPANSIONS = 200;

/** A node of Temml's tree: an element, a text, or nodes in a row. */
interface TemmlNode {
  type?: string;
  text?: string;
  attributes?: Record<string, unknown>;
  classes?: string[];
  children?: TemmlNode[];
}

/** The elements of a formula; `null` where it is damaged or holds what is not drawn. */
export async function drawFormula(tex: string, displayMode: boolean): Promise<MathElement | null> {
  const { default: temml } = await import("temml");
  const limits = { maxSize: MOST_EMS, maxExpand: MOST_EXPANSIONS };
  try {
    const options = { displayMode, throwOnError: true, ...limits };
    const tree = temml.__renderToMathMLTree(tex, options) as TemmlNode;
    const [math] = allowed(tree) ?? [];
    return typeof math === "object" ? math : null;
  } catch {
    return null;
  }
}

function allowed({
  type,
  text,
  attributes = {},
  classes = [],
  children = [],
}: TemmlNode): MathElement["children"] | null {
  if (text !== undefined) return [text];
  const inside = children.map(allowed);
  if (inside.includes(null)) return null;
  const drawn = inside.flatMap((nodes) => nodes ?? []);
  if (type === undefined) return drawn;
  if (!ELEMENTS.has(type)) return null;
  const given: Record<string, unknown> = { ...attributes, class: classes.join(" ") };
  const kept = Object.entries(given).filter(([name, value]) => ATTRIBUTES.has(name) && value !== "");
  const texts = Object.fromEntries(kept.map(([name, value]) => [name, String(value)] as const));
  return [{ name: type, attributes: texts, children: drawn }];
}
