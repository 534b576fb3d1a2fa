import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import { defineConfig } from "eslint/config";
import globals from "globals";
import typescript from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

const unknownToTheLinter = Object.fromEntries(
  ["argument", "assignment", "call", "member-access", "return"].map((use) => [
    `@typescript-eslint/no-unsafe-${use}`,
    "off",
  ]),
);

export default defineConfig(
  { ignores: ["dist/", "test-results/", "src/api/"] },
  js.configs.recommended,
  typescript.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", "svelte.config.js"] },
        tsconfigRootDir: import.meta.dirname,
        // The same for all files: another set makes TypeScript load the whole project anew at each file.
        extraFileExtensions: [".svelte"],
      },
    },
    rules: {
      "no-undef": "off", // TypeScript does it better.
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only src/host knows Tauri: ask the Host." }] },
      ],
      "svelte/no-at-html-tags": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // What a command fails with is data of the engine's.
      "@typescript-eslint/only-throw-error": ["error", { allow: ["ApiError"] }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  { files: ["src/host/**"], rules: { "no-restricted-imports": "off" } },
  // A stand-in promises what takes its time, whether it waits for something itself or not, and takes JSON as it comes.
  {
    files: ["tests/**", "**/*.test.ts"],
    rules: {
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/no-base-to-string": "off",
      ...unknownToTheLinter,
    },
  },
  // svelte-check knows the types in markup; the linter takes many of them for any.
  { files: ["**/*.svelte"], rules: unknownToTheLinter },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: typescript.parser, svelteConfig },
    },
  },
);
