import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { fakeHost } from "../../../tests/fakeHost";
import { document, folder } from "../../../tests/fixtures";
import App from "../../App.svelte";
import { createApp } from "../../context";

const path = `${folder}/plan.pdf`;
const locked = {
  document: path,
  reason: { code: "encrypted" },
  missing: "password",
} as const;

async function openDialog(changes: Parameters<typeof fakeHost>[0]) {
  const documents = async () => [document(1, path, { failure: locked })];
  const { host } = fakeHost({ documents, ...changes });
  render(App, { app: createApp(host) });
  const user = userEvent.setup({ delay: null });
  await user.click(await screen.findByRole("button", { name: "plan.pdf, not read" }));
  await user.click(screen.getByRole("button", { name: "Enter password…: plan.pdf" }));
  await user.type(screen.getByLabelText("Password"), "seagull");
  return { host, user };
}

it("says in the dialog that a password is wrong, and goes on to the next try", async () => {
  const { host, user } = await openDialog({
    unlockDocument: async ({ password }) => ({
      failure: password === "lantern" ? null : locked,
      remembered: true,
    }),
  });
  await user.click(screen.getByRole("button", { name: "Open" }));
  expect(await screen.findByText("This is not the password.")).toBeVisible();
  expect(screen.getByLabelText("Password")).toBeInvalid();

  await user.clear(screen.getByLabelText("Password"));
  await user.type(screen.getByLabelText("Password"), "lantern");
  await user.click(screen.getByRole("checkbox", { name: /keychain/ }));
  await user.keyboard("{Enter}");
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(host.unlockDocument).toHaveBeenLastCalledWith({ path, password: "lantern", remember: true });
  expect(host.documents.mock.calls.length).toBeGreaterThan(1);
});

it("says where the file is open but the keychain did not take the password", async () => {
  const { user } = await openDialog({ unlockDocument: async () => ({ failure: null, remembered: false }) });
  await user.click(screen.getByRole("checkbox", { name: /keychain/ }));
  await user.click(screen.getByRole("button", { name: "Open" }));
  expect(await screen.findByText(/The file is open\. Its password could not be kept/)).toBeVisible();
});

it("tells why nothing could be asked", async () => {
  const unlockDocument = async () => {
    throw { code: "library", message: "library.db is damaged." };
  };
  const { user } = await openDialog({ unlockDocument });
  await user.keyboard("{Enter}");
  expect(await screen.findByText("library.db is damaged.")).toBeVisible();
});
