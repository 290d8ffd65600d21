import { Tile } from "@/components/ui/tile";
import type { PrincipalEffect } from "@/lib/catalog";
import { FullName } from "./full-name";
import { PrincipalName } from "./principal-name";
import { PrivilegeBadges } from "./privilege-badges";
import { verbOf } from "./words";

interface EffectRowProps {
  row: PrincipalEffect;
  privileges: readonly string[];
}

const cell =
  "h-(--h-row) border-b px-3 py-1 align-middle text-small [tr:last-child>&]:border-0 max-sm:h-auto max-sm:border-0 max-sm:empty:hidden";

/** What a grant does to one principal: who can, who still cannot and what they lack. */
export function EffectRow({ row, privileges }: EffectRowProps) {
  const { principal, people, gaining, already, as, lacking, missing } = row;
  const isGroup = principal.kind === "group";
  const verb = verbOf(privileges);
  const still = lacking > 0 && gaining === 0;
  return (
    <tr className="max-sm:grid max-sm:border-b max-sm:py-1 max-sm:last:border-0">
      <td className={`${cell} sm:w-[34%]`}>
        <PrincipalName principal={principal} bare={!isGroup} />
      </td>
      <td className={`${cell} sm:w-[26%]`}>
        {people === 0 ? (
          <span className="text-fg-muted">nobody active is in it</span>
        ) : still ? (
          <span className="flex items-center gap-1.5 text-warn">
            <Tile status="attention" /> still cannot {verb}
          </span>
        ) : gaining > 0 ? (
          `${isGroup ? `${gaining} ` : ""}can ${verb} after this`
        ) : (
          <span className="text-fg-muted">nothing changes</span>
        )}
      </td>
      <td className={`${cell} text-fg-muted`}>
        {missing.length > 0 && (
          <span className="flex flex-wrap items-center gap-1">
            {!still && `${lacking} still cannot:`} {isGroup && !still ? "they lack" : "lacks"}
            {missing.map(({ need, on }, index) => (
              <span key={`${need} ${on.id}`} className="inline-flex items-center gap-1">
                {index > 0 && "and"}
                <PrivilegeBadges privileges={[need]} /> on{" "}
                {on.kind === "metastore" ? "the workbench" : <FullName object={on} />}
              </span>
            ))}
          </span>
        )}
        {already > 0 && (
          <span className="block">
            {isGroup ? `${already} already could` : "already can"}
            {as.length > 0 &&
              as.some(({ id }) => id !== principal.id) &&
              `, as ${as.map(({ name }) => name).join(", ")}`}
          </span>
        )}
      </td>
    </tr>
  );
}
