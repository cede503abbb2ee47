/** The guide's three dimensions, over the tags and services of the sample bill. */
export const EXAMPLE_DEFINITIONS = `# Which cost is shared, how it is split, and what each product costs in all.
Dimensions:
  SharedRDS:
    Name: Shared RDS
    DefaultValue: Not Shared
    Rules:
      - Type: Group
        Name: Shared Data Lake
        Conditions:
          - Source: Service
            Equals: Amazon Relational Database Service

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

export const EXAMPLE_STREAM = 'rds-writes-by-product'
export const EXAMPLE_SOURCE = 'example'
