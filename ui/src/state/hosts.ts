import type { LibraryStatus } from "../api/LibraryStatus";

/** The hosts that text of documents and questions goes to; pages that are pictures go elsewhere only after a yes. */
export function hosts({ embed, write, rerank, make_pictures, judge }: LibraryStatus["models"]): string[] {
  const all = [embed, write, rerank, make_pictures, judge].map((model) => model?.host ?? null);
  return [...new Set(all)].filter((host) => host !== null);
}
