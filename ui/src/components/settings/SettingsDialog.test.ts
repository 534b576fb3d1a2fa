import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { embeddingPlan, endpointModel, localModel, settings, status } from "../../../tests/fixtures";
import App from "../../App.svelte";
import { createApp } from "../../context";

const endpoint = {
  preset: "ollama",
  base_url: "http://localhost:11434/v1",
  chat_model: "llama3",
  embedding_model: null,
  rerank_model: null,
  image_model: null,
  vision_model: null,
};

async function open(changes: Parameters<typeof fakeHost>[0] = {}) {
  const { host } = fakeHost(changes);
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  return { host, user, models: await screen.findByRole("combobox", { name: "Models" }) };
}

it("puts a preset in force with the key that was typed, and embeds with its model", async () => {
  const { host, user, models } = await open({ status: async () => status({ chunks: 40, vectors: 0 }) });
  await user.selectOptions(models, "DeepInfra");
  expect(screen.getByRole("textbox", { name: "Address" })).toHaveValue("https://api.deepinfra.com/v1/openai");
  await user.type(screen.getByLabelText("Key"), "sk-typed");
  await user.type(screen.getByRole("combobox", { name: "Model that writes" }), "some/model");
  await user.type(screen.getByRole("spinbutton", { name: "Read" }), "0.06");
  await user.selectOptions(screen.getByRole("combobox", { name: /^Second opinion/ }), "always");
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(host.changeSettings).toHaveBeenCalledExactlyOnceWith({
    endpoint: {
      ...endpoint,
      preset: "deepinfra",
      base_url: "https://api.deepinfra.com/v1/openai",
      chat_model: "some/model",
    },
    key: "sk-typed",
    prices: { prompt: 0.06, completion: 0 },
    second_opinions: "always",
  });
  expect(screen.queryByRole("dialog")).toBeNull();
  await vi.waitFor(() => expect(host.embed).toHaveBeenCalled());
});

it("says what an endpoint can do before it is used, and offers its models", async () => {
  const { host, user, models } = await open({
    tryEndpoint: async () => ({
      reachable: true,
      key_accepted: false,
      models: 1,
      models_error: null,
      embeddings: null,
      chat: { state: "fails", message: "The endpoint does not accept the key." },
    }),
  });
  await user.selectOptions(models, "Ollama");
  await user.click(screen.getByRole("button", { name: "Test" }));
  expect(await screen.findByText("The key is not accepted.")).toBeVisible();
  expect(screen.getByText("The endpoint does not accept the key.")).toBeVisible();
  expect(host.changeSettings).not.toHaveBeenCalled();
  const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Model that writes" });
  expect(field.list?.querySelector("option")).toHaveValue("llama3");
});

it("keeps a known key without showing it, forgets it on demand, and goes back to the built-in models", async () => {
  const { host, user, models } = await open({
    settings: async () => settings({ endpoint, key: "keychain" }),
  });
  expect(screen.getByLabelText("Key")).toHaveValue("");
  expect(screen.getByText("In the system's keychain.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Forget the key" }));
  expect(host.changeSettings).toHaveBeenLastCalledWith({
    endpoint,
    key: "",
    prices: null,
    second_opinions: "when_asked",
  });

  await user.selectOptions(models, "");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(host.changeSettings).toHaveBeenLastCalledWith({
    endpoint: null,
    key: null,
    prices: null,
    second_opinions: "when_asked",
  });
});

it("tells which model has each role and where it runs, and asks for the second opinion with no endpoint", async () => {
  const judge = { ...localModel("tiny-verifier"), provider: "installed" } as const;
  const models = { ...status().models, read_pages: endpointModel("some-reader"), judge };
  const { host, user } = await open({ status: async () => status({ models }) });
  const inUse = within(screen.getByRole("region", { name: "In use" }));
  const told = inUse.getAllByRole("definition").map(({ textContent }) => textContent.trim());
  expect(told).toEqual([
    "all-MiniLM-L6-v2 comes with Footnote",
    "Built-in (quotes only) comes with Footnote",
    "no model",
    "tiny-verifier on this computer",
    "some-reader models.example",
  ]);
  const when = screen.getByRole("combobox", { name: /^Second opinion of tiny-verifier/ });
  await user.selectOptions(when, "always");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(host.changeSettings.mock.calls[0]?.[0]).toMatchObject({ endpoint: null, second_opinions: "always" });
});

it("shows in the endpoint's empty field what embeds in its place", async () => {
  const embed = { ...localModel("tiny-embedder"), provider: "installed" } as const;
  const { user, models } = await open({
    settings: async () => settings({ endpoint }),
    status: async () => status({ models: { ...status().models, embed } }),
  });
  const field = () => screen.getByRole("combobox", { name: "Model that embeds" });
  expect(field()).toHaveValue("");
  expect(field()).toHaveAttribute("placeholder", "tiny-embedder, on this computer");
  await user.selectOptions(models, "DeepInfra");
  expect(field()).toHaveAttribute("placeholder", "");
});

it("shows why settings could not be put in force and stays open", async () => {
  const { user, models } = await open({
    changeSettings: async () => {
      throw { code: "request", message: "The address is no HTTP address." };
    },
  });
  await user.selectOptions(models, "Another endpoint");
  await user.type(screen.getByRole("textbox", { name: "Address" }), "nowhere");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The address is no HTTP address.")).toBeVisible();
});

const ollama = {
  preset: "ollama",
  name: "Ollama",
  base_url: "http://localhost:11434/v1",
  chat_models: ["llama3.2", "qwen3"],
  embedding_models: ["nomic-embed-text"],
  needs_key: false,
};

it("has a model of a server on this computer write and embed with one click", async () => {
  const { host, user } = await open({ localServers: async () => [ollama] });
  await user.click(await screen.findByRole("button", { name: "Write with qwen3 of Ollama" }));
  expect(host.changeSettings).toHaveBeenCalledExactlyOnceWith({
    endpoint: { ...endpoint, chat_model: "qwen3", embedding_model: "nomic-embed-text" },
    key: null,
    prices: null,
    second_opinions: "when_asked",
  });
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("offers servers on this computer at the first start, and goes on embedding here where they do not", async () => {
  const localServers = async () => [{ ...ollama, embedding_models: [] }];
  const empty = status({ folders: [], documents: 0, chunks: 0, vectors: 0 });
  const { host } = fakeHost({ localServers, status: async () => empty });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "Write with llama3.2 of Ollama" }));
  await expect
    .poll(() => host.changeSettings.mock.calls[0]?.[0].endpoint)
    .toMatchObject({
      chat_model: "llama3.2",
      embedding_model: "built-in",
    });
});

it("says which server on this computer asks for a key", async () => {
  const jan = {
    ...ollama,
    preset: "jan",
    name: "Jan",
    chat_models: [],
    embedding_models: [],
    needs_key: true,
  };
  await open({ localServers: async () => [jan] });
  expect(await screen.findByText("Jan asks for a key: choose it below, and type the key.")).toBeVisible();
});

it("tells what another embedding model takes before it is put in force", async () => {
  const plan = embeddingPlan({ texts: 1200, tokens: 300_000, cost: 0.003, seconds: 240 });
  const { host, user, models } = await open({ embeddingPlan: async () => plan });
  await user.selectOptions(models, "DeepInfra");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/^1,200 passages are to be embedded with BAAI\/bge-m3/)).toHaveTextContent(
    "at api.example.com, about 300,000 tokens, about $0.003, about 4 minutes.",
  );
  expect(screen.getByText(/^Until then the library is searched by all-MiniLM-L6-v2/)).toBeVisible();
  expect(host.changeSettings).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button", { name: "Change and embed" }));
  expect(host.changeSettings).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(host.embed).toHaveBeenCalled());
});

it("goes back to embeddings that are kept, and drops others", async () => {
  const kept = (id: number, model: string, searched: boolean) => ({
    id,
    model,
    host: null,
    searched,
    can_be_used: true,
    vectors: 1200,
    missing: 0,
    bytes: 2_400_000,
  });
  const { host, user } = await open({
    embeddings: async () => [kept(1, "all-MiniLM-L6-v2", false), kept(2, "BAAI/bge-m3", true)],
  });
  await user.click(await screen.findByRole("button", { name: /^Search by these.*all-MiniLM/ }));
  expect(host.useEmbeddings).toHaveBeenCalledWith(1);
  await vi.waitFor(() => expect(host.embed).toHaveBeenCalled());
  await user.click(screen.getByRole("button", { name: /^Drop.*all-MiniLM/ }));
  expect(host.dropEmbeddings).toHaveBeenCalledWith(1);
});
