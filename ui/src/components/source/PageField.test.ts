import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { document, folder, page } from "../../../tests/fixtures";
import App from "../../App.svelte";
import { createApp } from "../../context";

it("turns to the page that is called so, and offers the one that is counted so", async () => {
  const labels = ["i", "ii", "1", "2", "3", "4", "5"];
  const { host } = fakeHost({
    documents: async () => [document(1, `${folder}/report.md`)],
    page: async (request) => page({ page: request.page, pages: 9, labels, mark: null }),
  });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "report.md, 3 pages" }));
  const field = await screen.findByRole("textbox", { name: "Go to page" });
  expect(field).toHaveValue("i");
  expect(screen.getByText("(1 of 9)")).toBeVisible();

  await user.keyboard("{Control>}g{/Control}");
  expect(field).toHaveFocus();
  await user.keyboard("4{Enter}");
  expect(await screen.findByText("Page 4 (6 of 9)")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Or page 2 (PDF page 4)" }));
  expect(await screen.findByText("Page 2 (4 of 9)")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Or/ })).toBeNull();

  await user.keyboard("{Control>}g{/Control}9{Enter}");
  expect(await screen.findByText("Page 9 of 9")).toBeInTheDocument();
  await user.keyboard("xii{Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("No page is called xii.");
});
