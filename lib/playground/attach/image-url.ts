import type { FileKind } from "./file-kind";
import { fitted, imageSize, type Size } from "./image-size";
import { refusal, tooLarge } from "./refusal";

/** What models take without scaling it down themselves. */
const longestSide = 1_568;
const mostBytes = 1_000_000;
/** A small file may unpack into gigabytes. */
const mostPixels = 100_000_000;
const qualities = [0.9, 0.8, 0.7, 0.55];

function draw(image: ImageBitmap, { width, height }: Size, opaque: boolean): HTMLCanvasElement | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  if (opaque) {
    // JPEG has no transparency, and what is clear would turn black.
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

const encode = (canvas: HTMLCanvasElement, type: string, quality?: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));

async function dataUrl(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return `data:${blob.type};base64,${btoa(text)}`;
}

async function smallEnough(image: ImageBitmap, kind: FileKind): Promise<Blob | undefined> {
  for (let side = longestSide; side > 64; side *= 0.75) {
    const size = fitted(image, side);
    const lossless = kind === "jpeg" ? undefined : draw(image, size, false);
    const png = lossless && (await encode(lossless, "image/png"));
    if (png && png.size <= mostBytes) return png;
    const canvas = draw(image, size, true);
    for (const quality of qualities) {
      const jpeg = canvas && (await encode(canvas, "image/jpeg", quality));
      if (jpeg && jpeg.size <= mostBytes) return jpeg;
    }
  }
  return undefined;
}

/**
 * An image as a data URL of at most 1,568 px and 1 MB, as PNG or JPEG. It is drawn anew, so that nothing
 * but its pixels goes along: not where it was taken, nor a second image behind the first.
 */
export async function imageUrl(
  bytes: Uint8Array<ArrayBuffer>,
  kind: FileKind,
  name: string,
): Promise<string> {
  const size = imageSize(kind, bytes);
  if (!size || size.width === 0 || size.height === 0) throw refusal(name, "is a damaged image.");
  if (size.width * size.height > mostPixels) throw tooLarge(name, `${mostPixels / 1_000_000} megapixels`);
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(new Blob([bytes], { type: `image/${kind}` }));
  } catch (error) {
    throw refusal(name, "is a damaged image.", error);
  }
  try {
    const blob = await smallEnough(image, kind);
    if (!blob) throw refusal(name, "could not be drawn by this browser.");
    return await dataUrl(blob);
  } finally {
    image.close();
  }
}
