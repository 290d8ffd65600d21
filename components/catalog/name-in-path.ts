/** A segment of an address as it was before it became one; what no browser writes stays as it is. */
export function decodedSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The full name in an address of the catalogue. */
export function nameInPath(pathname: string): string | undefined {
  const [, place, ...parts] = pathname.split("/");
  const name = parts.filter(Boolean).map(decodedSegment).join(".");
  return place === "catalog" && name ? name : undefined;
}
