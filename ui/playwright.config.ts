import { defineConfig } from "@playwright/test";

/** The window in a browser, over the engine itself. `cargo xtask test` names the browser and the host to start. */
export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 20_000 },
  workers: 1,
  reporter: "list",
  use: {
    viewport: { width: 1120, height: 780 },
    reducedMotion: "reduce",
    launchOptions: { executablePath: process.env["FOOTNOTE_CHROMIUM"] ?? "/usr/bin/chromium" },
  },
});
