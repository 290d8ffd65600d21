"use client";
import { useQuery } from "@tanstack/react-query";
import { Crumb } from "@/components/shell/crumb";
import { personQuery } from "@/lib/auth/client";
import { OneState } from "./one-state";
import { PersonView } from "./person-view";

/** One person, by their id. */
export function PersonPage({ id, ownId }: { id: string; ownId: string }) {
  const person = useQuery(personQuery(id));
  return (
    <>
      <Crumb label={person.data ? person.data.name || person.data.email : "Person"} />
      <OneState query={person} noun="person" back="/people" backLabel="All people">
        {(data) => <PersonView person={data} own={id === ownId} />}
      </OneState>
    </>
  );
}
