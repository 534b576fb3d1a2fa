import type { ApiError } from "../api/ApiError";
import { commands, type Listener } from "../api/commands";
import type { Export } from "../api/Export";
import { toApiError } from "./error";
import type { DropHandler, Host } from "./host";

/** Development and tests in a browser: the same commands over `POST /api/<command>`. */
export const httpHost: Host = {
  ...commands({ call, stream, bytes: async (command, args) => (await post(command, args)).arrayBuffer() }),
  saveConversation: async (request) => download(await call<Export>("export_conversation", { request })),
  pickFolder: () => Promise.resolve(typedPaths()),
  pickFiles: () => Promise.resolve(typedPaths()),
  pickPlace: () => Promise.resolve(typedPaths()[0] ?? null),
  onDrop,
  onOpened: () => () => {},
};

async function call<Reply>(command: string, args: object): Promise<Reply> {
  return (await (await post(command, args)).json()) as Reply;
}

/** Events arrive as one JSON value a line. */
async function stream<Event>(command: string, args: object, onEvent: Listener<Event>): Promise<void> {
  const { body } = await post(command, args);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line) onEvent(JSON.parse(line) as Event);
  }
}

async function post(command: string, args: object): Promise<Response> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(args),
  };
  const response = await fetch(`/api/${command}`, init).catch((reason: unknown) => {
    throw toApiError(reason);
  });
  if (!response.ok) throw (await response.json()) as ApiError;
  return response;
}

/** A browser puts files where it puts all of them. */
function download({ file_name, text }: Export) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = file_name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A browser keeps paths to itself: they are typed instead, one a line. */
function typedPaths(): string[] {
  return (window.prompt("Path") ?? "").split("\n").filter(Boolean);
}

/** Drags of plain text stand for drags of files, one path a line. */
function onDrop(handler: DropHandler): () => void {
  const listening = new AbortController();
  const on = (type: "dragover" | "dragleave" | "drop", react: (event: DragEvent) => void) =>
    window.addEventListener(type, react, listening);
  on("dragover", (event) => {
    event.preventDefault();
    handler.over([]);
  });
  on("dragleave", () => handler.leave());
  on("drop", (event) => {
    event.preventDefault();
    handler.drop((event.dataTransfer?.getData("text/plain") ?? "").split("\n").filter(Boolean));
  });
  return () => listening.abort();
}
