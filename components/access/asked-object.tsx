import type { AccessRequest } from "@/lib/catalog";
import { FullName } from "./full-name";

/** What is asked about: the object where it may be seen, else the name as it was written. */
export function AskedObject({ request }: { request: AccessRequest }) {
  return request.object ? (
    <FullName object={request.object} />
  ) : (
    <span className="font-mono text-small break-all">{request.name}</span>
  );
}
