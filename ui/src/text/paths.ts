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

/** The extensions of files, in small letters, the most frequent first. */
export function extensions(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const extension = /[^.]\.([^.]+)$/.exec(fileName(path))?.[1]?.toLowerCase();
    if (extension) counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([extension]) => extension);
}
