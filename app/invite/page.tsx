import type { Metadata } from "next";
import { AcceptForm } from "@/components/auth/accept-form";
import { Door } from "@/components/auth/door";

export const metadata: Metadata = { title: "Your link" };

export default function InvitePage() {
  return (
    <Door title="Choose a password" lead="This link works once.">
      <AcceptForm />
    </Door>
  );
}
