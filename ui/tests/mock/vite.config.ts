import { mergeConfig } from "vite";

import config from "../../vite.config";
import { mockCommands } from "./commands";

/** The window in a browser, with made-up documents: `npm run dev:mock`, then `/?library=empty&pace=50`. */
export default mergeConfig(config, { root: ".", plugins: [mockCommands()] });
