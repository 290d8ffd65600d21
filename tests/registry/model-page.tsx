import { act, fireEvent, screen, within } from "@testing-library/react";
import { ModelPage } from "@/components/registry/model-page";
import type { RegisteredModel } from "@/lib/registry";
import { show } from "../ui/page";
import { move, triage } from "./pages";

export const path = "/api/models/registry/mdl_triage";
export const routes = (model: RegisteredModel = triage) => ({
  "GET /api/models/registry/model": model,
  [`GET ${path}/versions/1/card`]: {
    text: "---\nlicense: mit\n---\n# pebble\n\nIt **holds**.\n\n<script>alert(1)</script>",
  },
  [`GET ${path}/versions/2/card`]: { text: null },
  [`GET ${path}/aliases`]: [move],
  [`GET ${path}/usage`]: { served: [], named: [] },
});
export const open = (search = "", me = { id: "usr_mira", admin: true }) =>
  show(<ModelPage name="ticket-triage" me={me} />, { path: "/registry/ticket-triage", search });
export const click = (element: Element) => act(async () => void fireEvent.click(element));
export const submit = () =>
  act(async () => void fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement));
export const fill = (label: string, value: string) =>
  fireEvent.change(within(screen.getByRole("dialog")).getByLabelText(label), { target: { value } });
