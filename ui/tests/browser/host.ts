import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Built by Cargo, beside the loopback endpoint. */
export const DEVELOPMENT_HOST =
  process.env["FOOTNOTE_DEVELOPMENT_HOST"] ?? "../target/debug/development-host";

/** Serves the engine's commands over a library; gives the process and its address. */
export async function startHost(library: string, environment: Record<string, string> = {}) {
  const host = spawn(DEVELOPMENT_HOST, ["--port", "0", "--library", library], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const address of createInterface(host.stdout)) return { process: host, address };
  throw new Error(`${DEVELOPMENT_HOST} ended before it said where it is`);
}
