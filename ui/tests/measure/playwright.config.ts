import { defineConfig } from "@playwright/test";

import window from "../../playwright.config";

/** Figures over a folder of documents and questions, not tests. */
export default defineConfig({
  ...window,
  testDir: ".",
  testMatch: "*.measure.ts",
  outputDir: "../../test-results",
  timeout: 0,
});
