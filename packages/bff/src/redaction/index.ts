export { discreetEngine } from "./discreet-engine.ts";
export {
  createRedactor,
  NO_RULES,
  type Redaction,
  type RedactionRules,
  type Redactor,
  type SecretPattern,
} from "./redactor.ts";
export { REDACTED } from "./values.ts";
