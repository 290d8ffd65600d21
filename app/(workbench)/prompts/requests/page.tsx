import type { Metadata } from "next";
import { RequestsPage } from "@/components/prompts/library/requests-page";

export const metadata: Metadata = { title: "Requests to move aliases" };

export default function Page() {
  return <RequestsPage />;
}
