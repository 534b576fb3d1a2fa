import { createContext } from "svelte";

import type { Host } from "./host/host";
import { Announcer } from "./state/announcer.svelte";
import { Care } from "./state/care.svelte";
import { CitationCard } from "./state/citationCard.svelte";
import { Conversation } from "./state/conversation.svelte";
import { Drop } from "./state/drop.svelte";
import { Embeddings } from "./state/embeddings.svelte";
import { Explaining } from "./state/explaining.svelte";
import { History } from "./state/history.svelte";
import { Indexing } from "./state/indexing.svelte";
import { Installing } from "./state/installing.svelte";
import { Layout } from "./state/layout.svelte";
import { Ledger } from "./state/ledger.svelte";
import { Library } from "./state/library.svelte";
import { Palette } from "./state/palette.svelte";
import { Recognition } from "./state/recognition.svelte";
import { Removing } from "./state/removing.svelte";
import { Search } from "./state/search.svelte";
import { Settings } from "./state/settings.svelte";
import { Source } from "./state/source.svelte";
import { Suggestions } from "./state/suggestions.svelte";
import { Unlocking } from "./state/unlocking.svelte";

/** The window's state: one controller for each concern. */
export function createApp(host: Host) {
  const announcer = new Announcer();
  const library = new Library(host);
  const indexing = new Indexing(host, library, announcer);
  const conversation = new Conversation(host, announcer);
  const source = new Source(host);
  const layout = new Layout();
  const search = new Search(host, announcer);
  return {
    host,
    announcer,
    library,
    indexing,
    settings: new Settings(host, library, indexing),
    embeddings: new Embeddings(host, library, indexing),
    installing: new Installing(host, library, indexing, announcer),
    ledger: new Ledger(host),
    care: new Care(host, library, conversation, source, announcer),
    conversation,
    history: new History(host, conversation),
    source,
    explaining: new Explaining(host, search, conversation, source, layout),
    unlocking: new Unlocking(host, library),
    removing: new Removing(host, library, source, announcer),
    recognition: new Recognition(host, indexing),
    citationCard: new CitationCard(),
    drop: new Drop(),
    layout,
    palette: new Palette(),
    search,
    suggestions: new Suggestions(host),
  };
}

export type App = ReturnType<typeof createApp>;

export const [getApp, setApp] = createContext<App>();
