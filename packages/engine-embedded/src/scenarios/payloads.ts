import type { Random } from "../random.ts";

export const tenant = (random: Random): string => `tenant-${random.integer(1, 120)}`;

/** `words` × 8 hexadecimal digits. */
function hex(random: Random, words: number): string {
  let text = "";
  for (let word = 0; word < words; word += 1) text += random.integer(0x10000000, 0xffffffff).toString(16);
  return text;
}

export function charge(random: Random, of = tenant(random)): unknown {
  return {
    tenant: of,
    invoice: `inv_${random.integer(1_000_000, 9_999_999)}`,
    amount_cents: random.integer(900, 250_000),
    currency: random.pick(["EUR", "USD", "GBP"]),
    customer: { email: `accounts@${of}.example`, country: random.pick(["DE", "FR", "PT", "US"]) },
    authorization: `Bearer demo-${hex(random, 3)}`,
  };
}

export function batch(random: Random, of = tenant(random)): unknown {
  return {
    tenant: of,
    period: "2026-11",
    invoices: random.integer(3, 8),
    requested_by: `finance@${of}.example`,
  };
}

export function mail(random: Random): unknown {
  const of = tenant(random);
  return {
    tenant: of,
    to: `user${random.integer(1, 9999)}@${of}.example`,
    template: random.pick(["receipt", "password-reset", "invite", "payment-reminder"]),
    locale: random.pick(["en", "de", "pt-BR"]),
    token: hex(random, 4),
  };
}

export const digest = (random: Random): unknown => ({
  tenant: tenant(random),
  recipients: random.integer(5, 400),
  period: "daily",
});

export const campaign = (random: Random): unknown => ({
  tenant: "tenant-17",
  campaign: "black-friday-2026",
  to: `user${random.integer(1, 99_999)}@mail.example`,
  template: "campaign",
});

export const webhook = (random: Random): unknown => ({
  tenant: tenant(random),
  url: `https://hooks.partner-${random.integer(1, 40)}.example/v2`,
  event: random.pick(["invoice.paid", "invoice.failed", "customer.updated"]),
  signing_secret: `whsec_demo_${hex(random, 2)}`,
  body: { id: `evt_${random.integer(100_000, 999_999)}`, attempt_limit: 4 },
});

export const report = (random: Random): unknown => ({
  tenant: tenant(random),
  report: random.pick(["revenue", "churn", "tax", "usage"]),
  format: random.pick(["pdf", "xlsx"]),
  pages: random.integer(2, 60),
});

export const indexing = (random: Random): unknown => ({
  tenant: tenant(random),
  collection: random.pick(["customers", "invoices"]),
  documents: random.integer(1, 500),
});
