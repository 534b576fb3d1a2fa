import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { viteStaticCopy } from "vite-plugin-static-copy";
import { defineConfig } from "vitest/config";

/** Where the window's commands are served over HTTP during development. */
const commands = process.env.FOOTNOTE_COMMANDS ?? "http://127.0.0.1:1421";

/** What pdf.js fetches while it draws: character maps, fonts, decoders. */
const pdfAssets = viteStaticCopy({
  targets: ["cmaps", "standard_fonts", "wasm", "iccs"].map((folder) => ({
    src: `node_modules/pdfjs-dist/${folder}/*`,
    dest: `pdfjs/${folder}`,
  })),
});

export default defineConfig({
  plugins: [svelte(), svelteTesting(), pdfAssets],
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
