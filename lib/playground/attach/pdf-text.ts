import { refusal, tooLarge } from "./refusal";

const mostPages = 1_000;
const mostText = 2_000_000;

/** The words of a PDF, page by page. Nothing is drawn, no code in it runs, nothing is fetched. */
export async function pdfText(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  const { getDocumentProxy } = await import("unpdf");
  let document: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    document = await getDocumentProxy(bytes, { isEvalSupported: false, verbosity: 0 });
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    throw refusal(name, locked ? "asks for a password." : "is a damaged PDF.", error);
  }
  try {
    if (document.numPages > mostPages) throw tooLarge(name, `${mostPages.toLocaleString("en")} pages`);
    const pages: string[] = [];
    let size = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = items
        .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
        .join("")
        .trim();
      page.cleanup();
      size += text.length;
      if (size > mostText) throw tooLarge(name, `${mostText.toLocaleString("en")} characters`);
      pages.push(text);
    }
    const text = pages.filter((page) => page !== "").join("\n\n");
    if (text === "") throw refusal(name, "has no text: its pages are pictures.");
    return text;
  } finally {
    await document.destroy();
  }
}
