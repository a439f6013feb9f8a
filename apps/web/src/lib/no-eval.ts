import * as z from "zod/mini";

// zod would otherwise probe `new Function` when the first schema is made, which the policy refuses. Import this first.
z.config({ jitless: true });
