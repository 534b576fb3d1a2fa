/** The last part of a path, with either separator. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast(Boolean) ?? path;
}

/** Whether `path` lies below `folder`. */
export function isBelow(path: string, folder: string): boolean {
  const stem = folder.replace(/[\\/]$/, "");
  return path.startsWith(stem) && /^[\\/]/.test(path.slice(stem.length));
}

/** The paths of the folders between `folder` and the file at `path`, outermost first. */
export function foldersBelow(path: string, folder: string): string[] {
  const folders: string[] = [];
  const stem = folder.replace(/[\\/]$/, "");
  for (let end = stem.length + 1; ; end += 1) {
    const separator = path.slice(end).search(/[\\/]/);
    if (separator < 0) return folders;
    end += separator;
    folders.push(path.slice(0, end));
  }
}
