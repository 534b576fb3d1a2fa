import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

import { DEVELOPMENT_HOST } from "./host";

/** An endpoint on this computer that writes slowly enough to be watched; gives the process and its address. */
export async function startEndpoint(...options: string[]) {
  const program = join(dirname(DEVELOPMENT_HOST), "loopback");
  const endpoint = spawn(program, ["--token-delay-ms", "120", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const address of createInterface(endpoint.stdout)) return { process: endpoint, address };
  throw new Error(`${program} ended before it said where it is`);
}
