import type { Host } from "../host/host";

/** What is dragged over the window. */
export class Drop {
  /** `null` where nothing is; empty where the host does not say what it is. */
  paths = $state.raw<string[] | null>(null);

  /** Starts listening; returns what ends it. */
  listen(host: Host, take: (paths: string[]) => void): () => void {
    return host.onDrop({
      over: (paths) => (this.paths ??= paths),
      leave: () => (this.paths = null),
      drop: (paths) => {
        this.paths = null;
        take(paths);
      },
    });
  }
}
