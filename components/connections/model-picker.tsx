"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Input } from "@/components/ui/input";
import { ModelRow } from "./model-row";
import { draftFor, modelColumns, type PriceDraft } from "./price-draft";

interface ModelPickerProps {
  /** What the upstream listed, and what was chosen before. */
  known: readonly string[];
  chosen: readonly string[];
  onChange: (models: string[]) => void;
  /** What they cost, as typed. */
  prices: Readonly<Record<string, PriceDraft>>;
  onPrice: (id: string, draft: PriceDraft) => void;
  error: string | undefined;
}

const filterFrom = 8;

/** Which of an upstream's models may be called here, also by name where it lists none, and what they cost. */
export function ModelPicker({ known, chosen, onChange, prices, onPrice, error }: ModelPickerProps) {
  const [typed, setTyped] = useState("");
  const [added, setAdded] = useState("");
  const all = [...new Set([...known, ...chosen])];
  const shown = all.filter((id) => id.toLowerCase().includes(typed.trim().toLowerCase()));
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  const add = () => {
    const id = added.trim();
    if (id === "") return;
    if (!chosen.includes(id)) onChange([...chosen, id]);
    setAdded("");
  };
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="flex w-full items-center gap-2 pb-1 text-small text-fg-muted">
        Models
        <span className="text-fg-subtle">
          {chosen.length} of {all.length}
        </span>
      </legend>
      {all.length > 0 && (
        <div className="rounded-2 border">
          {all.length >= filterFrom && (
            <div className="flex items-center gap-2 border-b p-2">
              <Input
                aria-label="Filter models"
                placeholder="Filter by name"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <Button size="sm" variant="ghost" onClick={() => onChange([...new Set([...chosen, ...shown])])}>
                All
              </Button>
              <Button
                size="sm"
                variant="ghost"
                onClick={() => onChange(chosen.filter((id) => !shown.includes(id)))}
              >
                None
              </Button>
            </div>
          )}
          <div className="grid max-h-60 gap-1.5 overflow-y-auto px-3 py-2">
            {chosen.length > 0 && (
              <div aria-hidden="true" className={cx(modelColumns, "text-micro text-fg-subtle")}>
                <span className="max-sm:col-span-3">US dollars per million tokens</span>
                <span>Input</span>
                <span>Output</span>
                <span>Cached</span>
              </div>
            )}
            {shown.map((id) => (
              <ModelRow
                key={id}
                id={id}
                chosen={chosen.includes(id)}
                onToggle={(on) => toggle(id, on)}
                price={draftFor(prices, id)}
                onPrice={(draft) => onPrice(id, draft)}
              />
            ))}
            {shown.length === 0 && <p className="text-small text-fg-subtle">No model matches.</p>}
          </div>
        </div>
      )}
      <div className="flex gap-2">
        <Input
          mono
          aria-label="Model id"
          aria-invalid={error ? true : undefined}
          placeholder={all.length === 0 ? "Test the connection, or enter a model id" : "Add a model id"}
          value={added}
          onChange={(event) => setAdded(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} disabledReason={added.trim() === "" ? "Enter a model id first" : undefined}>
          Add
        </Button>
      </div>
      <p className="text-small text-fg-subtle">
        A price left empty is unknown: calls are then counted without a cost.
      </p>
      {error && (
        <p role="alert" className="text-small text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}
