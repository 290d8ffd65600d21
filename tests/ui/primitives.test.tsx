// @vitest-environment jsdom
import { act, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { EngineBadge } from "@/components/ui/engine-badge";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu } from "@/components/ui/menu";
import { Segment } from "@/components/ui/segment";
import { Select } from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { TileBar } from "@/components/ui/tile-bar";
import { toast } from "@/components/ui/toaster";
import { expectNoAxeViolations, show, standInForBrowser } from "./page";
import "../support/patience";

standInForBrowser();

const press = (element: Element, key: string, more = {}) => fireEvent.keyDown(element, { key, ...more });

describe("a button", () => {
  it("does nothing while it is busy or disabled, and says why", async () => {
    const onClick = vi.fn();
    show(
      <>
        <Button busy onClick={onClick}>
          Save
        </Button>
        <Button disabledReason="Enter a name first" onClick={onClick}>
          Create
        </Button>
      </>,
    );
    const create = screen.getByRole("button", { name: "Create" });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    fireEvent.click(create);
    expect(onClick).not.toHaveBeenCalled();
    act(() => create.focus());
    expect(document.activeElement).toBe(create);
    expect((await screen.findByRole("tooltip")).textContent).toBe("Enter a name first");
    await expectNoAxeViolations();
  });

  it("does not send the form around it when it is disabled", () => {
    const onSubmit = vi.fn((event: React.FormEvent) => event.preventDefault());
    show(
      <form onSubmit={onSubmit}>
        <Button type="submit" disabledReason="Not yet">
          Send
        </Button>
      </form>,
    );
    fireEvent.click(screen.getByRole("button", { name: "Send" }));
    expect(onSubmit).not.toHaveBeenCalled();
  });
});

describe("a field", () => {
  it("ties its label and its error to the control", async () => {
    show(
      <Field label="Alias" error="Use a-z and 0-9.">
        <Input defaultValue="Production" />
      </Field>,
    );
    const input = screen.getByLabelText("Alias");
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const note = document.getElementById(input.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe("Use a-z and 0-9.");
    await expectNoAxeViolations();
  });
});

const entries = [
  { value: "a", label: "main.support" },
  { value: "b", label: "lab.supply", disabledReason: "no USE SCHEMA" },
  { value: "c", label: "support_chat" },
  { value: "d", label: "telemetry" },
];

function Pick({ onChange }: { onChange: (value: string) => void }) {
  return (
    <Field label="Schema">
      <Combobox value={undefined} onChange={onChange} entries={entries} />
    </Field>
  );
}

describe("a combobox", () => {
  it("finds by typing, marks the match and chooses with the arrows and Enter", async () => {
    const onChange = vi.fn();
    show(<Pick onChange={onChange} />);
    const input = screen.getByRole("combobox", { name: "Schema" });
    input.focus();
    fireEvent.change(input, { target: { value: "sup" } });
    const options = screen.getAllByRole("option");
    expect(options.map((option) => option.textContent)).toEqual([
      "main.support",
      "lab.supplyno USE SCHEMA",
      "support_chat",
    ]);
    expect(options[0]?.querySelector("mark")?.textContent).toBe("sup");
    await expectNoAxeViolations();
    press(input, "ArrowDown");
    press(input, "ArrowDown");
    expect(input.getAttribute("aria-activedescendant")).toBe(options[2]?.id);
    press(input, "Enter");
    expect(onChange).toHaveBeenCalledExactlyOnceWith("c");
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  it("keeps what may not be chosen, with the reason, and refuses it", () => {
    const onChange = vi.fn();
    show(<Pick onChange={onChange} />);
    const input = screen.getByRole("combobox");
    fireEvent.change(input, { target: { value: "supply" } });
    expect(screen.getByRole("option").getAttribute("aria-disabled")).toBe("true");
    press(input, "Enter");
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.change(input, { target: { value: "nowhere" } });
    expect(screen.getByText("Nothing matches")).toBeTruthy();
  });
});

describe("a select", () => {
  it("opens and chooses by keyboard", async () => {
    const onChange = vi.fn();
    show(
      <Field label="Lasts">
        <Select
          value="30"
          onChange={onChange}
          options={[
            { value: "30", label: "30 days" },
            { value: "never", label: "Never" },
          ]}
        />
      </Field>,
    );
    const trigger = screen.getByRole("combobox", { name: "Lasts" });
    expect(trigger.textContent).toContain("30 days");
    trigger.focus();
    press(trigger, "ArrowDown");
    const option = await screen.findByRole("option", { name: "Never" });
    option.focus();
    press(option, "Enter");
    expect(onChange).toHaveBeenCalledExactlyOnceWith("never");
  });
});

describe("a slider", () => {
  function Temperature() {
    const [value, setValue] = useState<number | undefined>();
    return (
      <Field label="Temperature" value={value ?? "not sent"} blank={value === undefined}>
        <Slider value={value} onChange={setValue} min={0} max={2} step={0.1} />
      </Field>
    );
  }

  it("is blank until it is moved, and blank again after Backspace", async () => {
    show(<Temperature />);
    const thumb = screen.getByRole("slider", { name: "Temperature" });
    expect(thumb.getAttribute("aria-valuetext")).toBe("not sent");
    await expectNoAxeViolations();
    thumb.focus();
    fireEvent.change(thumb, { target: { value: "0.1" } });
    expect(screen.getByText("0.1")).toBeTruthy();
    expect(thumb.getAttribute("aria-valuetext")).toBeNull();
    press(thumb, "Backspace");
    expect(screen.getByText("not sent")).toBeTruthy();
  });
});

describe("switch, checkbox, segment and tabs", () => {
  function Controls() {
    const [on, setOn] = useState(false);
    const [ticked, setTicked] = useState(false);
    const [view, setView] = useState<"chat" | "grid">("chat");
    const [tab, setTab] = useState("one");
    return (
      <>
        <Switch checked={on} onChange={setOn}>
          Same input
        </Switch>
        <Checkbox checked={ticked} onChange={setTicked} detail="Read rows">
          SELECT
        </Checkbox>
        <Segment
          label="Layout"
          value={view}
          onChange={setView}
          options={[
            { value: "chat", label: "Chat" },
            { value: "grid", label: "Grid" },
          ]}
        />
        <Tabs
          label="Details"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: "one", label: "One" },
            { value: "two", label: "Two", count: 7 },
          ]}
        >
          <TabPanel value="one">first</TabPanel>
          <TabPanel value="two">second</TabPanel>
        </Tabs>
      </>
    );
  }

  it("change by keyboard and tell their state", async () => {
    show(<Controls />);
    const toggle = screen.getByRole("switch", { name: "Same input" });
    fireEvent.click(toggle);
    expect(toggle.getAttribute("aria-checked")).toBe("true");
    const box = screen.getByRole("checkbox", { name: /SELECT/ });
    fireEvent.click(box);
    expect(box.getAttribute("aria-checked")).toBe("true");

    const grid = screen.getByRole("radio", { name: "Grid" });
    fireEvent.click(grid);
    expect(grid).toHaveProperty("checked", true);
    expect(screen.getByRole("radio", { name: "Chat" })).toHaveProperty("checked", false);

    const one = screen.getByRole("tab", { name: "One" });
    act(() => one.focus());
    press(one, "ArrowRight");
    expect(await screen.findByText("second")).toBeTruthy();
    await expectNoAxeViolations();
  });
});

describe("a menu", () => {
  it("opens with the arrow, acts with Enter, and gives the focus back", async () => {
    const onSelect = vi.fn();
    show(
      <Menu
        trigger={<button type="button">More</button>}
        items={[
          { label: "Rename", onSelect },
          { label: "Drop", disabledReason: "not yours" },
        ]}
      />,
    );
    const trigger = screen.getByRole("button", { name: "More" });
    trigger.focus();
    press(trigger, "ArrowDown");
    const item = await screen.findByRole("menuitem", { name: "Rename" });
    expect(screen.getByRole("menuitem", { name: /Drop/ }).getAttribute("aria-disabled")).toBe("true");
    await vi.waitFor(() => expect(document.activeElement).toBe(item));
    press(item, "Enter");
    expect(onSelect).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "More" })));
  });
});

describe("a dialog", () => {
  function Ask({ onSubmit, keep = false }: { onSubmit: () => void; keep?: boolean }) {
    const [open, setOpen] = useState(true);
    return (
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Move production: v3 to v5"
        subtitle="main.support"
        onSubmit={onSubmit}
        keep={keep}
      >
        <Field label="Reason">
          <Input />
        </Field>
      </Dialog>
    );
  }

  it("is named by its question, holds the focus and is sent by the confirm key from any field", async () => {
    const onSubmit = vi.fn();
    show(<Ask onSubmit={onSubmit} />);
    const dialog = screen.getByRole("dialog", { name: "Move production: v3 to v5" });
    const reason = screen.getByLabelText("Reason");
    await vi.waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    press(reason, "Enter", { metaKey: true });
    expect(onSubmit).toHaveBeenCalledOnce();
    await expectNoAxeViolations();
    press(dialog, "Escape");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("stays open on Escape when what it shows would be lost", () => {
    show(<Ask onSubmit={() => {}} keep />);
    press(screen.getByRole("dialog"), "Escape");
    expect(screen.getByRole("dialog")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  });
});

describe("tiles, badges and toasts", () => {
  it("never count a tile that is not whole", () => {
    show(<TileBar value={41.8} total={80} tiles={40} caption="one tile is 2 tokens/s" />);
    expect(screen.getByRole("img").getAttribute("aria-label")).toBe("20 of 40 tiles, one tile is 2 tokens/s");
  });

  it("name the engine's place where the device is unknown", () => {
    show(<EngineBadge kind="browser" />);
    expect(screen.getByText("browser")).toBeTruthy();
  });

  it("say what happened in a live region, and offer to undo it", async () => {
    const onAction = vi.fn();
    show(null);
    act(() => toast({ message: "production now points to v5", action: { label: "Undo", onAction } }));
    expect(screen.getByRole("status").textContent).toContain("production now points to v5");
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(onAction).toHaveBeenCalledOnce();
    expect(screen.getByRole("status").textContent).toBe("");
  });
});
