"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { modelColumns, type PriceDraft, readPrice } from "./price-draft";

const fields = [
  { name: "input", label: "Input price", blank: "unknown" },
  { name: "output", label: "Output price", blank: "unknown" },
  { name: "cachedInput", label: "Cached input price", blank: "as input" },
] as const;

interface ModelRowProps {
  id: string;
  chosen: boolean;
  onToggle: (on: boolean) => void;
  price: PriceDraft;
  onPrice: (draft: PriceDraft) => void;
}

/** One model of an upstream; a chosen one may be given its prices. */
export function ModelRow({ id, chosen, onToggle, price, onPrice }: ModelRowProps) {
  const isWrong = readPrice(price).fault !== undefined;
  return (
    <div className={modelColumns}>
      <div className={chosen ? "max-sm:col-span-3" : "col-span-full"}>
        <Checkbox checked={chosen} onChange={onToggle}>
          <span className="font-mono text-small break-all">{id}</span>
        </Checkbox>
      </div>
      {chosen &&
        fields.map(({ name, label, blank }) => (
          <Input
            key={name}
            mono
            inputMode="decimal"
            aria-label={`${label} of ${id}`}
            aria-invalid={isWrong || undefined}
            placeholder={blank}
            value={price[name]}
            onChange={(event) => onPrice({ ...price, [name]: event.target.value })}
          />
        ))}
    </div>
  );
}
