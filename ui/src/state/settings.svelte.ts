import type { ApiError } from "../api/ApiError";
import type { EmbeddingPlan } from "../api/EmbeddingPlan";
import type { EndpointCheck } from "../api/EndpointCheck";
import type { EndpointRequest } from "../api/EndpointRequest";
import type { EndpointSettings } from "../api/EndpointSettings";
import type { LocalServer } from "../api/LocalServer";
import type { ModelChoice } from "../api/ModelChoice";
import type { SecondOpinions } from "../api/SecondOpinions";
import type { SettingsView } from "../api/SettingsView";
import { toApiError } from "../host/error";
import type { Host } from "../host/host";
import type { Indexing } from "./indexing.svelte";
import type { Library } from "./library.svelte";

/** The fields of an endpoint as they stand in the form: empty where nothing is set. */
export type Draft = Record<Exclude<keyof EndpointSettings, "preset">, string>;

/** As the name of an embedding model: the built-in one embeds, although an endpoint writes. */
const BUILT_IN = "built-in";

const EMPTY: Draft = {
  base_url: "",
  chat_model: "",
  embedding_model: "",
  rerank_model: "",
  image_model: "",
  vision_model: "",
};

/** The settings while a person looks at them, and changes them. */
export class Settings {
  isOpen = $state(false);
  /** What is in force. */
  view = $state.raw<SettingsView | null>(null);
  /** The chosen preset; none for the built-in models. */
  presetId = $state<string | null>(null);
  draft = $state<Draft>({ ...EMPTY });
  /** What was typed as a key; it is never read back. */
  key = $state("");
  promptPrice = $state<number | null>(null);
  completionPrice = $state<number | null>(null);
  secondOpinions = $state<SecondOpinions>("when_asked");

  /** The servers of models that run on this computer. */
  servers = $state.raw<LocalServer[]>([]);
  models = $state.raw<ModelChoice[]>([]);
  check = $state.raw<EndpointCheck | null>(null);
  /** What embedding with the model of the form takes; the person is asked before it is put in force. */
  plan = $state.raw<EmbeddingPlan | null>(null);
  isChecking = $state(false);
  isSaving = $state(false);
  error = $state.raw<ApiError | null>(null);

  readonly preset = $derived(this.view?.presets.find(({ id }) => id === this.presetId) ?? null);
  readonly #presetInForce = $derived(this.view?.endpoint ? (this.view.endpoint.preset ?? "custom") : null);
  /** Whether the form shows what is in force. */
  readonly isInForce = $derived(this.presetId === this.#presetInForce);
  /** Whether the address is still the one that the known key belongs to. */
  readonly keepsKey = $derived(this.view !== null && this.view.endpoint?.base_url === this.draft.base_url);

  /** What the person was told of, so that saving it once more is a yes. */
  #told = "";
  readonly #host: Host;
  readonly #library: Library;
  readonly #indexing: Indexing;

  constructor(host: Host, library: Library, indexing: Indexing) {
    this.#host = host;
    this.#library = library;
    this.#indexing = indexing;
  }

  async open() {
    this.isOpen = true;
    this.#forget();
    await this.#attempt(async () => this.#show(await this.#host.settings()));
  }

  close() {
    this.isOpen = false;
    this.key = "";
  }

  choose(id: string | null) {
    this.#forget();
    this.presetId = id;
    this.#fill(this.isInForce ? this.view?.endpoint : this.preset?.endpoint);
  }

  /** Looks for servers of models on this computer. */
  async findServers() {
    this.servers = await this.#host.localServers().catch(() => []);
  }

  /** Has a model of a server on this computer write, and embed where the server has a model for that. */
  async use(server: LocalServer, chatModel: string) {
    if (!this.view) await this.#attempt(async () => this.#show(await this.#host.settings()));
    this.choose(server.preset);
    this.draft.base_url = server.base_url;
    this.draft.chat_model = chatModel;
    this.draft.embedding_model = server.embedding_models[0] ?? BUILT_IN;
    this.promptPrice = null;
    this.completionPrice = null;
    await this.save();
    // What went wrong, or what it takes, is said there.
    if (this.error || this.plan) this.isOpen = true;
  }

  /** Asks the endpoint for its models; one that has no such list is none the worse for it. */
  async listModels() {
    this.models = await this.#host.endpointModels(this.#request()).catch(() => []);
  }

  /** Finds out what the endpoint can do, without putting it in force. */
  async test() {
    this.check = null;
    this.isChecking = true;
    await this.#attempt(async () => {
      this.check = await this.#host.tryEndpoint(this.#request());
      await this.listModels();
    });
    this.isChecking = false;
  }

  /** Puts the form in force. Where that has texts embedded with another model, the person is told first what it takes. */
  async save() {
    this.isSaving = true;
    await this.#attempt(async () => {
      const request = this.#request();
      if (await this.#hasToTell(request)) return;
      this.#show(await this.#host.changeSettings(request));
      this.plan = null;
      this.close();
      await this.#library.refresh();
      void this.#indexing.embed();
    });
    this.isSaving = false;
  }

  /** Takes the known key out of the keychain or the memory, at once. */
  async forgetKey() {
    await this.#attempt(async () => {
      if (!this.view) return;
      const { endpoint, prices, second_opinions } = this.view;
      this.view = await this.#host.changeSettings({ endpoint, key: "", prices, second_opinions });
    });
  }

  async #hasToTell(request: EndpointRequest): Promise<boolean> {
    const told = JSON.stringify(request);
    if (this.#told === told || this.#library.isEmpty) return false;
    this.#told = told;
    this.plan = null;
    const plan = await this.#host.embeddingPlan({ endpoint: request });
    if (plan.texts > 0 && plan.model !== this.#library.status?.models.embed?.name) this.plan = plan;
    return this.plan !== null;
  }

  #show(view: SettingsView) {
    this.view = view;
    this.presetId = this.#presetInForce;
    this.#fill(view.endpoint);
    this.promptPrice = view.prices?.prompt ?? null;
    this.completionPrice = view.prices?.completion ?? null;
    this.secondOpinions = view.second_opinions;
  }

  #fill(endpoint: EndpointSettings | null | undefined) {
    const fields = Object.keys(EMPTY) as (keyof Draft)[];
    for (const field of fields) this.draft[field] = endpoint?.[field] ?? "";
  }

  #forget() {
    this.key = "";
    this.models = [];
    this.check = null;
    this.plan = null;
    this.#told = "";
    this.error = null;
  }

  #request(): EndpointRequest {
    const { base_url, ...models } = this.draft;
    const set = (text: string) => text.trim() || null;
    const named = Object.entries(models).map(([field, name]) => [field, set(name)] as const);
    const endpoint = {
      preset: this.presetId,
      base_url: base_url.trim(),
      ...(Object.fromEntries(named) as Record<keyof typeof models, string | null>),
    };
    const { promptPrice: prompt, completionPrice: completion } = this;
    return {
      endpoint: this.presetId === null ? null : endpoint,
      key: set(this.key),
      prices:
        prompt === null && completion === null ? null : { prompt: prompt ?? 0, completion: completion ?? 0 },
      second_opinions: this.secondOpinions,
    };
  }

  async #attempt(action: () => Promise<void>) {
    this.error = null;
    try {
      await action();
    } catch (reason) {
      this.error = toApiError(reason);
    }
  }
}
