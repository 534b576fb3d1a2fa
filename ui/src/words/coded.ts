/** A code with its parameters. */
interface Coded {
  code: string;
}

/** What is said of each code, made from its parameters. Leaving a code out does not compile. */
export type Sentences<T extends Coded> = {
  [Code in T["code"]]: (coded: Extract<T, { code: Code }>) => string;
};

/** What is said of a code; words of an earlier version are said as they are. */
export function said<T extends Coded>(sentences: Sentences<T>, coded: T | string): string {
  if (typeof coded === "string") return coded;
  const sentence = sentences[coded.code as T["code"]] as (coded: T) => string;
  return sentence(coded);
}
