"use client";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { mostListed, type RegistryFilter, runPlaces, versionOrigins } from "@/lib/registry";
import { originWords, placeWords, taskWords } from "./words";

interface RegistryToolbarProps {
  filter: RegistryFilter;
  onChange: (change: RegistryFilter) => void;
  /** Absent until it is read. */
  list: { total: number } | undefined;
}

/** A select has no empty values. */
const all = "all";

const tasks = Object.entries(taskWords).map(([value, label]) => ({ value, label }));
const origins = versionOrigins.map((value) => ({ value, label: originWords[value] }));
const places = runPlaces.map((value) => ({ value, label: placeWords[value] }));
const states = [
  { value: "ready", label: "ready" },
  { value: "missing", label: "missing" },
  { value: "pending", label: "waits for approval" },
  { value: "deprecated", label: "deprecated" },
];

/** What the catalogue is narrowed to. */
export function RegistryToolbar({ filter, onChange, list }: RegistryToolbarProps) {
  const choice = (name: "task" | "origin" | "state" | "runs") => ({
    value: filter[name] ?? all,
    onChange: (value: string) => onChange({ [name]: value === all ? undefined : value }),
    className: "w-40! max-sm:min-w-25 max-sm:flex-1",
  });
  return (
    <div className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-y px-4 py-2">
      <SearchInput
        className="max-sm:w-full!"
        label="Find a model"
        value={filter.q ?? ""}
        onChange={(q) => onChange({ q })}
      />
      <Select label="Task" options={[{ value: all, label: "All tasks" }, ...tasks]} {...choice("task")} />
      <Select
        label="Runs"
        options={[{ value: all, label: "Runs anywhere" }, ...places]}
        {...choice("runs")}
      />
      <Select
        label="Source"
        options={[{ value: all, label: "All sources" }, ...origins]}
        {...choice("origin")}
      />
      <Select label="State" options={[{ value: all, label: "All states" }, ...states]} {...choice("state")} />
      {(["alias", "tag"] as const).map(
        (name) =>
          filter[name] && (
            <span key={name} className="inline-flex items-center gap-0.5">
              <Badge tone="accent" icon={name === "alias" ? "pin" : "tag"}>
                {filter[name]}
              </Badge>
              <IconButton
                icon="close"
                size="sm"
                label={`Show other ${name === "alias" ? "aliases" : "tags"} too`}
                onClick={() => onChange({ [name]: undefined })}
              />
            </span>
          ),
      )}
      {list && (
        <span role="status" className="ml-auto text-small text-fg-muted max-sm:ml-0">
          {list.total > mostListed
            ? `The first ${mostListed} of ${list.total.toLocaleString("en-US")} models: narrow them to see others`
            : `${list.total} ${list.total === 1 ? "model" : "models"}`}
        </span>
      )}
    </div>
  );
}
