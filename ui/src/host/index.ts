import { isTauri } from "@tauri-apps/api/core";

import type { Host } from "./host";

/** The host this page runs in. */
export async function connect(): Promise<Host> {
  if (isTauri()) return (await import("./tauri")).tauriHost;
  return (await import("./http")).httpHost;
}
