import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open, save } from "@tauri-apps/plugin-dialog";

import { commands, type Listener } from "../api/commands";
import { toApiError } from "./error";
import type { DropHandler, Host } from "./host";

/** The desktop window: commands of the Rust shell. */
export const tauriHost: Host = {
  ...commands({ call, stream, bytes: call }),
  pickFolder: () => pick(true),
  pickFiles: () => pick(false),
  pickPlace: (name) => save({ defaultPath: name }),
  onDrop,
  onOpened,
};

async function call<Reply>(command: string, args: Record<string, unknown>): Promise<Reply> {
  try {
    return await invoke<Reply>(command, args);
  } catch (reason) {
    throw toApiError(reason);
  }
}

/** The last events may come in after the command itself has returned; `null` ends them. */
async function stream<Event>(
  command: string,
  args: Record<string, unknown>,
  onEvent: Listener<Event>,
): Promise<void> {
  const onChannel = new Channel<Event | null>();
  const ended = new Promise<void>((resolve) => {
    onChannel.onmessage = (event) => {
      if (event === null) resolve();
      else onEvent(event);
    };
  });
  await call(command, { ...args, onEvent: onChannel });
  await ended;
}

async function pick(directory: boolean): Promise<string[]> {
  return (await open({ directory, multiple: true })) ?? [];
}

function onDrop(handler: DropHandler): () => void {
  let paths: string[] = [];
  const listening = getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === "enter") paths = payload.paths;
    if (payload.type === "leave") handler.leave();
    else if (payload.type === "drop") handler.drop(payload.paths);
    else handler.over(paths);
  });
  return () => void listening.then((end) => end());
}

function onOpened(handler: () => void): () => void {
  const listening = listen("opened", handler);
  return () => void listening.then((end) => end());
}
