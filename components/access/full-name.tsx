import { KindIcon } from "@/components/ui/kind-icon";
import type { ObjectRef } from "@/lib/catalog";
import { objectKind } from "./icons";

/** An object by kind and full name: ancestors quiet, its own name strong. */
export function FullName({ object, bare }: { object: ObjectRef; bare?: boolean }) {
  const ancestors = object.fullName.slice(0, object.fullName.length - object.name.length);
  return (
    <span className="inline-flex max-w-full min-w-0 items-center align-middle gap-1" title={object.fullName}>
      {!bare && <KindIcon kind={objectKind(object.kind)} />}
      <span className="min-w-0 truncate font-mono text-small">
        {object.kind !== "metastore" && <span className="text-fg-subtle">{ancestors}</span>}
        <b>{object.kind === "metastore" ? "this workbench" : object.name}</b>
      </span>
    </span>
  );
}
