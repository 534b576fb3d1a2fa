import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

/** Where the window's commands are served over HTTP during development. */
const commands = process.env.FOOTNOTE_COMMANDS ?? "http://127.0.0.1:1421";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  server: { port: 1420, strictPort: true, proxy: { "/api": commands } },
  build: { target: "es2023", license: { fileName: "licenses.md" } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    testTimeout: 60_000,
  },
});
