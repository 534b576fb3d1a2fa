/** Paths in what was pasted: one a line, each from the root of a disk. Text that is anything else has none. */
export function pastedPaths(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(["'])(.*)\1$/, "$2"))
    .filter(Boolean);
  const paths = lines.map((line) => (line.startsWith("file://") ? fromUrl(line) : line));
  return paths.every((path) => /^(\/|[A-Za-z]:[\\/]|\\\\)./.test(path)) ? paths : [];
}

function fromUrl(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname).replace(/^\/(?=[A-Za-z]:)/, "");
  } catch {
    return "";
  }
}
