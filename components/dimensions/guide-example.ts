/** The CloudZero guide's definitions, steps 1 to 3, for a bill that names the service as FOCUS does. */
export const GUIDE_EXAMPLE = `Dimensions:
  # Which cost is shared: one element for the lines of the database.
  SharedRDS:
    Name: Shared RDS
    DefaultValue: Not Shared
    Rules:
      - Type: Group
        Name: Shared Data Lake
        Conditions:
          - Source: Service
            Equals: Amazon Relational Database Service

  # Split it by what each product wrote.
  SplitDataLake:
    Type: Allocation
    Name: Split Data Lake
    AllocateByStreams:
      Streams:
        - rds-writes-by-product

  # What a product costs: its own lines, and its part of the shared ones.
  Product:
    Name: Product
    DefaultValue: Other
    Rules:
      - Type: Group
        Name: Email
        Conditions:
          - Source: Tag:Product
            Equals: email
      - Type: Group
        Name: Messaging
        Conditions:
          - Source: Tag:Product
            Equals: messaging
      - Type: GroupBy
        Source: User:Defined:SplitDataLake
`
