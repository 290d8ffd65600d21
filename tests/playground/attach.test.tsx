// @vitest-environment jsdom
import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { AttachButton } from "@/components/playground/attach-button";
import { AttachmentChips } from "@/components/playground/attachment-chips";
import { useAttach } from "@/components/playground/use-attach";
import type { Attachment } from "@/lib/playground/document";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import "../support/patience";

standInForBrowser();

const fileOf = (text: string, name: string) => {
  const bytes = new TextEncoder().encode(text);
  return Object.assign(new File([bytes], name), { arrayBuffer: async () => bytes.slice().buffer });
};

function Message({ from = [] }: { from?: Attachment[] }) {
  const [attachments, setAttachments] = useState(from);
  const onAdd = (more: Attachment[]) => setAttachments((before) => [...before, ...more]);
  const { handlers, over } = useAttach(attachments.length, onAdd);
  return (
    <fieldset data-over={over} aria-label="Message" {...handlers}>
      <textarea aria-label="Words" />
      <AttachmentChips
        attachments={attachments}
        onRemove={(id) => setAttachments((before) => before.filter((other) => other.id !== id))}
      />
      <AttachButton onAdd={onAdd} count={attachments.length} />
    </fieldset>
  );
}

const message = () => screen.getByRole("group", { name: "Message" });
const dropped = (files: File[]) => ({ dataTransfer: { types: ["Files"], files, dropEffect: "none" } });
// jsdom's drag events do not say where the pointer went.
function leaveFor(relatedTarget: Element): void {
  fireEvent(
    message(),
    Object.defineProperty(createEvent.dragLeave(message()), "relatedTarget", { value: relatedTarget }),
  );
}

const many: Attachment[] = Array.from({ length: 11 }, (_, i) => ({
  kind: "text",
  id: `a${i}`,
  name: `${i}.txt`,
  text: "x",
}));

describe("attaching files", () => {
  it("is done by picking them, and undone by their chips", async () => {
    show(<Message />);
    fireEvent.change(screen.getByLabelText("Files to attach"), {
      target: { files: [fileOf("some words", "notes.txt"), fileOf("a,b", "data.csv")] },
    });
    expect((await screen.findAllByRole("listitem")).map((item) => item.textContent)).toEqual([
      "notes.txt10 characters",
      "data.csv3 characters",
    ]);
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("button", { name: "Remove notes.txt" }));
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
  });

  it("is done by dropping them, and shows where they may fall", async () => {
    show(<Message />);
    fireEvent.dragOver(message(), dropped([]));
    expect(message().dataset.over).toBe("true");
    leaveFor(screen.getByLabelText("Words"));
    expect(message().dataset.over).toBe("true");
    leaveFor(document.body);
    expect(message().dataset.over).toBe("false");
    fireEvent.drop(message(), dropped([fileOf("words", "a.md")]));
    expect(await screen.findByText("a.md")).toBeTruthy();
  });

  it("leaves alone what is no file", () => {
    show(<Message />);
    const event = createEvent.dragOver(message(), { dataTransfer: { types: ["text/plain"] } });
    fireEvent(message(), event);
    expect(event.defaultPrevented).toBe(false);
  });

  it("is done by pasting a file, but not the picture that comes with copied words", async () => {
    show(<Message />);
    const files = [fileOf("shot", "shot.txt")];
    const words = createEvent.paste(message(), { clipboardData: { types: ["text/plain", "Files"], files } });
    fireEvent(message(), words);
    expect(words.defaultPrevented).toBe(false);
    fireEvent.paste(message(), { clipboardData: { types: ["Files"], files } });
    expect(await screen.findByText("shot.txt")).toBeTruthy();
    expect(screen.getAllByRole("listitem")).toHaveLength(1);
  });

  it("says why a file was not attached, and attaches the others", async () => {
    show(<Message />);
    fireEvent.drop(message(), dropped([fileOf("a\0b", "x.bin"), fileOf("words", "a.md")]));
    expect(await screen.findByText("a.md")).toBeTruthy();
    await waitFor(() =>
      expect(document.body.textContent).toContain("Not attached: x.bin is .bin, which is not taken."),
    );
  });

  it("ends at twelve", async () => {
    show(<Message from={many} />);
    fireEvent.drop(message(), dropped([fileOf("words", "a.md"), fileOf("words", "b.md")]));
    expect(await screen.findByText("a.md")).toBeTruthy();
    expect(screen.queryByText("b.md")).toBeNull();
    expect(document.body.textContent).toContain("12 files at most go along with a message.");
    expect(screen.getByRole("button", { name: "Attach" }).getAttribute("aria-disabled")).toBe("true");
  });
});

describe("what went along with a message", () => {
  it("is shown without a way to remove it, an image as itself", async () => {
    const url = `data:image/png;base64,${"A".repeat(4_000)}`;
    show(<AttachmentChips attachments={[{ kind: "image", id: "i", name: "photo.png", url }]} />);
    expect(document.querySelector("img")?.getAttribute("src")).toBe(url);
    expect(screen.getByRole("listitem").textContent).toBe("photo.png3.0 kB");
    expect(screen.queryByRole("button", { name: /Remove/ })).toBeNull();
    await expectNoAxeViolations();
  });
});
