import { ec2 } from './compute.mjs'
import { rds } from './databases.mjs'
import { aws, azure, gcp } from './terms.mjs'

const fee = {
  ...aws,
  cadence: 'fee',
  unit: '',
  price: '0',
  base: 0,
  owner: 'payer',
  type: '',
  id: '',
  name: '',
  meter: '',
  sku: '',
}
const supportFee = { ...fee, service: 'AWS Support (Business)', category: 'Other', subcategory: 'Other (Other)' }
const savingsFee = { ...ec2, ...fee, unit: 'Hours' }
const reservedFee = { ...rds, ...fee, unit: 'Hours' }

/** Charges without a resource; their amounts come from the rest of the bill. `each`: one for every account. */
export const FEES = [
  {
    ...savingsFee,
    key: 'savings-purchase',
    charge: 'Purchase',
    frequency: 'Recurring',
    committed: 'savings',
    description: 'Compute Savings Plan, no upfront, 1 year',
  },
  {
    ...savingsFee,
    key: 'savings-unused',
    charge: 'Usage',
    frequency: 'Usage-Based',
    committed: 'savings',
    description: 'Unused commitment of the Compute Savings Plan',
  },
  {
    ...reservedFee,
    key: 'reserved-purchase',
    charge: 'Purchase',
    frequency: 'Recurring',
    committed: 'reserved',
    description: 'RDS reserved instances, db.r6g.8xlarge, no upfront, 1 year',
  },
  {
    ...reservedFee,
    key: 'reserved-unused',
    charge: 'Usage',
    frequency: 'Usage-Based',
    committed: 'reserved',
    description: 'Unused hours of the RDS reserved instances',
  },
  {
    ...supportFee,
    key: 'support',
    charge: 'Purchase',
    frequency: 'Recurring',
    owner: 'each',
    description: 'AWS Support (Business), monthly',
  },
  {
    ...supportFee,
    key: 'tax',
    service: 'Tax',
    charge: 'Tax',
    frequency: 'One-Time',
    owner: 'each',
    description: 'Tax for AWS services',
  },
  {
    ...supportFee,
    ...azure,
    owner: 'each',
    key: 'tax-azure',
    service: 'Tax',
    charge: 'Tax',
    frequency: 'One-Time',
    description: 'VAT',
  },
  {
    ...supportFee,
    ...gcp,
    owner: 'each',
    key: 'tax-gcp',
    service: 'Tax',
    charge: 'Tax',
    frequency: 'One-Time',
    description: 'VAT',
  },
  {
    ...supportFee,
    key: 'credit-program',
    service: ec2.service,
    category: 'Compute',
    subcategory: 'Virtual Machines',
    charge: 'Credit',
    frequency: 'One-Time',
    description: 'Migration program credit',
  },
  {
    ...supportFee,
    key: 'credit-ai',
    service: 'Amazon Bedrock',
    category: 'AI and Machine Learning',
    subcategory: 'Generative AI',
    charge: 'Credit',
    frequency: 'One-Time',
    description: 'Promotional credit for generative AI',
  },
  {
    ...supportFee,
    key: 'refund',
    service: 'AmazonCloudWatch',
    category: 'Management and Governance',
    subcategory: 'Observability',
    charge: 'Adjustment',
    frequency: 'One-Time',
    description: 'Goodwill refund for delayed metrics',
  },
]
