// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ExportDialog } from "@/components/playground/export-dialog";
import { expectNoAxeViolations, show, standInForBrowser } from "../ui/page";
import { documentWith } from "./documents";
import "../support/patience";

standInForBrowser();
afterEach(() => {
  vi.restoreAllMocks();
});

describe("exporting a comparison", () => {
  it("shows the first lines of the format that is chosen", async () => {
    show(<ExportDialog title="Door sensor" document={documentWith()} onClose={() => undefined} />);
    const lines = screen.getByRole("region", { name: "The first lines" });
    await waitFor(() => expect(lines.textContent).toContain("# Door sensor"));
    await expectNoAxeViolations();
    fireEvent.click(screen.getByRole("radio", { name: "CSV" }));
    await waitFor(() => expect(lines.textContent).toMatch(/^kind,turn,branch/));
    expect(screen.getByText(/^door-sensor\.csv, \d+ bytes$/)).toBeTruthy();
  });

  it("downloads what it shows, under the title's name", async () => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    vi.stubGlobal(
      "URL",
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
        revokeObjectURL() {},
      }),
    );
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    show(<ExportDialog title="Door sensor" document={documentWith()} onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("radio", { name: "JSON" }));
    fireEvent.click(await screen.findByText("Download"));
    await waitFor(() => expect(names).toEqual(["door-sensor.json"]));
    expect(blobs[0]?.type).toBe("application/json;charset=utf-8");
  });

  it("copies the whole text", async () => {
    const writeText = vi.fn(async (_: string) => undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    show(<ExportDialog title="Door sensor" document={documentWith()} onClose={() => undefined} />);
    fireEvent.click(await screen.findByRole("button", { name: "Copy" }));
    await waitFor(() => expect(writeText).toHaveBeenCalledWith(expect.stringContaining("> positive")));
  });
});
