import { describeRdsSplit } from './rds-split'

describeRdsSplit('the RDS split, on the embedded engines')
