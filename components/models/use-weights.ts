"use client";
import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { byteCount } from "@/lib/core";
import {
  aboutBytes,
  type CatalogueEntry,
  type Dtype,
  estimatedBytes,
  type HubRepository,
} from "@/lib/models";
import { checkRepository } from "@/lib/models/client";

export interface Weights {
  dtype: Dtype;
  bytes: number;
  /** A number of bytes in words: about, until the hub was asked. */
  words: (bytes: number) => string;
}

export interface WeightsState {
  all: Weights[];
  /** The ones that a download would fetch; absent where the hub has none. */
  current: Weights | undefined;
  choose: (dtype: Dtype) => void;
  check: UseMutationResult<HubRepository, Error, void>;
}

/** The weights that there are of a model, by estimate until the hub is asked, and the ones that are chosen. */
export function useWeights(entry: CatalogueEntry): WeightsState {
  const { repository, revision } = entry;
  const [chosen, choose] = useState<Dtype>();
  const check = useMutation({ mutationFn: () => checkRepository({ repository, revision }) });
  const all = check.data
    ? check.data.variants.map(({ dtype, bytes }) => ({ dtype, bytes, words: byteCount }))
    : entry.dtypes.map((dtype) => ({ dtype, bytes: estimatedBytes(entry, dtype), words: aboutBytes }));
  return { all, current: all.find(({ dtype }) => dtype === chosen) ?? all[0], choose, check };
}
