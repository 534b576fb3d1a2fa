import { en } from "./en";

/** Every text that a person reads or hears. Another language is another file of the same shape. */
export const words = en;
