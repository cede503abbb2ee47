/** The guide's three dimensions, over the tags and services of the sample bill. */
const GUIDE_DIMENSIONS = `  SharedRDS:
    Name: Shared RDS
    DefaultValue: Not Shared
    Rules:
      - Type: Group
        Name: Shared Data Lake
        Conditions:
          - And:
              - Source: Service
                Equals: Amazon Relational Database Service
              # Tessera's databases are pools of their own, further down.
              - Not:
                  - Source: BillingAccountName
                    BeginsWith: Tessera

  # Split in proportion to each product's writes, day by day.
  SplitDataLake:
    Type: Allocation
    Name: Split Data Lake
    AllocateByStreams:
      Streams:
        - rds-writes-by-product

  # Dedicated cost by its tag, plus each product's share of the shared cost.
  Product:
    Name: Product
    DefaultValue: Other
    Rules:
      - Type: Group
        Name: Email
        Conditions:
          - Source: Tag:application
            Equals: BrightPathMatrix
      - Type: Group
        Name: Messaging
        Conditions:
          - Source: Tag:application
            Equals: ZoomMapMax
      - Type: GroupBy
        Source: User:Defined:SplitDataLake
`

/** What the made-up company shares, what each part is split by, and what its products, teams and customers cost. */
const COMPANY_DIMENSIONS = `  # What Tessera shares: its platform team tags it with a pool.
  SharedPool:
    Name: Shared Pool
    DefaultValue: Dedicated
    Rules:
      - Type: Group
        Name: Support
        Conditions:
          - Source: Service
            Equals: AWS Support (Business)
      - Type: Group
        Name: Unused commitments
        Conditions:
          - Source: CommitmentDiscountStatus
            Equals: Unused
      - Type: GroupBy
        Source: Tag:pool

  # Each pool by what causes its cost; the ledger's database, Kubernetes and the data lake in one.
  OrdersDatabase:
    Type: Allocation
    Name: Orders Database by Customer
    AllocateByStreams:
      Streams:
        - rds-queries-by-customer
  SharedByProduct:
    Type: Allocation
    Name: Shared Cost by Product
    AllocateByStreams:
      Streams:
        - ledger-writes-by-product
        - eks-cpu-hours-by-product
        - datalake-bytes-by-product
  EventBus:
    Type: Allocation
    Name: Event Bus by Product
    AllocateByStreams:
      Streams:
        - kafka-bytes-by-product
  Observability:
    Type: Allocation
    Name: Observability by Product
    AllocateByStreams:
      Streams:
        - log-bytes-by-product
  Support:
    Type: Allocation
    Name: Support by Product
    AllocateByStreams:
      Streams:
        - support-tickets-by-product

  # Tags as people write them, brought to one spelling; then each product's share of what is shared.
  ProductLine:
    Name: Product Line
    DefaultValue: Not a product's
    Rules:
      - Type: Group
        Name: fraud-shield
        Conditions:
          - Source: Tag:product
            Equals: frud-shield
      - Type: Group
        Name: messaging
        Conditions:
          - Source: Tag:product
            Equals: mesaging
      - Type: GroupBy
        Sources:
          - Tag:product
          - Tag:Product
        CoalesceSources: true
        Transforms:
          - Type: Trim
          - Type: Lower
      - Type: GroupBy
        Source: User:Defined:SharedByProduct

  Team:
    Name: Team
    DefaultValue: No team
    Rules:
      - Type: GroupBy
        Source: Tag:team
        Transforms:
          - Type: Lower

  Customer:
    Name: Customer
    DefaultValue: All customers
    Rules:
      - Type: GroupBy
        Source: Tag:customer
      - Type: GroupBy
        Source: User:Defined:OrdersDatabase
`

/** The small example on its own: few, so that its split stands in seconds. */
export const EXAMPLE_DEFINITIONS = `# Which cost is shared, how it is split, and what each product costs in all.
Dimensions:
${GUIDE_DIMENSIONS}`

/** Both bills' dimensions: the second version, saved when the company's bill has arrived. */
export const EXAMPLE_WORKSPACE_DEFINITIONS = `${EXAMPLE_DEFINITIONS}
${COMPANY_DIMENSIONS}`

export const EXAMPLE_STREAM = 'rds-writes-by-product'
export const EXAMPLE_SOURCE = 'example'
