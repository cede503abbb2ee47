import { cloudZeroTelemetryRoute } from '@/lib/http/cloudzero-route'

export const POST = cloudZeroTelemetryRoute('replace')
