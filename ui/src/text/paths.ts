/** The last part of a path, with either separator. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast(Boolean) ?? path;
}

/** Whether `path` lies below `folder`. */
export function isBelow(path: string, folder: string): boolean {
  const stem = folder.replace(/[\\/]$/, "");
  return path.startsWith(stem) && /^[\\/]/.test(path.slice(stem.length));
}

/** The folders between `folder` and the file at `path`; empty where the file lies in it directly. */
export function subfolder(path: string, folder: string): string {
  const parts = path.slice(folder.length).split(/[\\/]/).filter(Boolean);
  return parts.slice(0, -1).join(" › ");
}
